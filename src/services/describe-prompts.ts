import { sampleOf } from '../../ivr/prompt-samples.ts';
import { promptIds, sentenceOf } from '../../ivr/prompts.ts';
import { speakingTime } from '../../ivr/speaking-time.ts';
import { languages } from '../domain/worker.ts';

const HEAD = `# What a caller hears

Every sentence, with sample words, in every language, and how many seconds it takes: an estimate from its signs and pauses
(\`ivr/speaking-time.ts\`), since the carrier's voice decides in the end. Written by \`npm run prompts\`; the sentences themselves stand in
\`ivr/prompts-*.ts\`. \`GET /api/v1/prompts/{id}/preview?language=&dialect=\` gives the markup of one of them.

Names are spoken from the kana that their owners gave, in Latin letters where the voice reads no kana. The carrier has no voice for Burmese (my) and
Nepali (ne): on its lines those callers hear easy Japanese, on a line of one's own their language.
`;

/** The document of all prompts, as Markdown. */
export function describePrompts(): string {
  const parts = promptIds.map((id) => {
    const rows = languages.map((language) => {
      const sentence = sentenceOf(sampleOf(id, language));
      return `| ${language} | ${speakingTime(sentence, language).toFixed(1)} | ${sentence} |`;
    });
    return [`## ${id}`, '', '| | s | |', '| --- | ---: | --- |', ...rows].join('\n');
  });
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}
