import { z } from 'zod';
import { Day, FirmId, PhoneId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept } from '../src/domain/outcome.ts';
import type { Reach } from '../src/domain/reach.ts';
import { type Task, taskKinds } from '../src/domain/task.ts';
import { taskWords } from '../src/domain/task-words.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ListTasks, NamedTask } from '../src/services/list-tasks.ts';

const TaskView = z
  .object({
    id: z.string(),
    kind: z.enum(taskKinds),
    /** Whose task it is. */
    firmId: FirmId,
    siteId: SiteId.exactOptional(),
    workerId: WorkerId.exactOptional(),
    phoneId: PhoneId.exactOptional(),
    /** Of the firm, the site or the worker. */
    name: z.string(),
    due: Day.exactOptional(),
    title: z.string(),
    titleEn: z.string(),
    todo: z.string(),
    todoEn: z.string(),
  })
  .meta({ id: 'Task' });

const filters = {
  kind: z.enum(taskKinds).exactOptional(),
  firmId: FirmId.exactOptional(),
  siteId: SiteId.exactOptional(),
  workerId: WorkerId.exactOptional(),
};

/** What offices have to do: gone as soon as it is done, without being ticked off. */
export function taskRoutes({ listTasks }: { readonly listTasks: ListTasks }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/tasks',
      summary: 'What the office has to do, each with what to do about it',
      tag: 'tasks',
      scope: 'read',
      access: { right: ['firm', 'read-site-tasks'] },
      personal: true,
      request: { query: listQuery(filters) },
      response: { status: 200, body: pageOf(TaskView) },
      refusals: [],
      handle: async ({ query: { limit, cursor, ...filter }, reach }) => {
        const within = await reach.within(['firm', 'read-site-tasks']);
        const request = pageRequest(cursor === undefined ? { limit } : { limit, cursor }, within);
        return accept(answerPage(await listTasks(request, filter, shownTo(reach)), taskView));
      },
    }),
  ];
}

/**
 * A site manager has to do what there is to do at his sites, an office everything. A person of the operator sees what names
 * somebody only of firms into which he looks.
 */
function shownTo(reach: Reach): (task: Task) => Promise<boolean> {
  const offices = new Map<FirmId, Promise<boolean>>();
  return async ({ firmId, siteId, workerId }) => {
    const looked = workerId === undefined ? undefined : await reach.lookedInto();
    if (looked && !looked.includes(firmId)) return false;
    const isOffice = offices.get(firmId) ?? reach.admits(['firm', 'read-tasks'], firmId);
    offices.set(firmId, isOffice);
    return (await isOffice) || (siteId !== undefined && (await reach.seesWhole(siteId)));
  };
}

function taskView({ task, name }: NamedTask): z.infer<typeof TaskView> {
  const { ja, en, doJa, doEn } = taskWords[task.kind];
  return { ...task, name, title: ja, titleEn: en, todo: doJa, todoEn: doEn };
}
