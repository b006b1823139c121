import { lazily } from "../../parts/lazily.tsx";

/** The same question to two to four models, side by side, and their figures in one table. */
export const CompareRun = lazily(() => import("./Comparison.tsx").then(({ Comparison }) => Comparison));
