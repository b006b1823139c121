import { lazily } from "../../parts/lazily.tsx";

/** Copies figures and answers of a comparison as Markdown. */
export const CompareCopy = lazily(() =>
  import("./CopyComparison.tsx").then(({ CopyComparison }) => CopyComparison),
);
