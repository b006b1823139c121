/** The open workspace, as far as keys are concerned. */
export interface Workspace {
  /** Undefined without one. */
  readonly id: string | undefined;
  /** The first folder, against which the path of a `.env` file is resolved. */
  readonly folder: string | undefined;
  /** False in Restricted Mode; asked for every reading, as it may change. */
  readonly isTrusted: () => boolean;
}
