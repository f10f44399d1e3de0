/** One engine that this process started and must end. */
export interface RunningEngine {
  /** `host:port` on loopback. */
  readonly address: string;
  readonly version: string | undefined;
  /** Resolves with the exit code if the engine ends by itself. */
  readonly ended: Promise<number | undefined>;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}
