/** Why the service does not start, in a sentence for whoever operates it. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
