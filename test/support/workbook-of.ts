const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with sheets of these rows, as somebody writes it who does not use a spreadsheet: XML in an unpacked zip. */
export function workbookOf(...sheets: readonly string[]): Buffer {
  const named = sheets.map((_rows, place) => `sheet${String(place + 1)}`);
  const listed = named.map(
    (name, place) => `<sheet name="${name}" sheetId="${String(place + 1)}" r:id="${idOf(place)}"/>`,
  );
  const worksheets = named.map((name) => ['worksheet', `worksheets/${name}.xml`] as const);
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationsOf(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationsOf(...worksheets),
    ...Object.fromEntries(
      sheets.map((rows, place) => [
        `xl/worksheets/sheet${String(place + 1)}.xml`,
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });
}

function relationsOf(...relations: readonly (readonly [type: string, target: string])[]): string {
  const each = relations.map(
    ([type, target], place) => `<Relationship Id="${idOf(place)}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function idOf(place: number): string {
  return `rId${String(place + 1)}`;
}

/** Stored, not deflated; the checksums are left at zero, which readers of workbooks do not look at. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    const local = Buffer.concat([headOf(30, 0x04034b50, 18, [body.length, name.length]), Buffer.from(name), body]);
    const entry = headOf(46, 0x02014b50, 20, [body.length, name.length]);
    entry.writeUInt32LE(at, 42);
    locals.push(local);
    directory.push(entry, Buffer.from(name));
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function headOf(length: number, signature: number, at: number, [size, letters]: readonly [number, number]): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt32LE(size, at);
  bytes.writeUInt32LE(size, at + 4);
  bytes.writeUInt16LE(letters, at + 8);
  return bytes;
}
