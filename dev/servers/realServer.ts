/** A server that nobody here wrote, as `npm run test:servers` uses it. */
export interface RealServer {
  readonly name: string;
  /** What pip installs into the server's own virtual environment. */
  readonly packages: readonly string[];
  /** Writes what the server needs into the folder and says how it is started there; `bin` is where its programs lie. */
  readonly prepare: (
    folder: string,
    bin: string,
    port: number,
  ) => Promise<{
    readonly command: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  }>;
  /** Answers with any status once the server is up. */
  readonly readyPath: string;
  readonly checks: readonly ServerCheck[];
}

/** One run of the command line against it. */
export interface ServerCheck {
  readonly name: string;
  /** Below the origin, such as `/v1`. */
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code, and the codes that must be among the findings. */
  readonly expect: { readonly code: 0 | 1; readonly findings: readonly string[] };
}
