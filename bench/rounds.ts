import { measured, type Figure } from "./figure.ts";

/** What is timed. It may return its own time in milliseconds, when only a part of it counts. */
export type Work = () => unknown;

export type Comparison = {
  readonly suite: string;
  /** What all the others are measured against. */
  readonly base: { readonly name: string; readonly work: Work };
  readonly others: Readonly<Record<string, Work>>;
  readonly rounds: number;
  /** Rounds before the first that counts, for the compiler to settle. */
  readonly warmUps: number;
};

/**
 * Times everything once a round, each round starting with another one, and takes the ratios round by round: whatever
 * else the machine does then falls on all of them. The base's own time in milliseconds comes last, for orientation.
 */
export async function compare({
  suite,
  base,
  others,
  rounds,
  warmUps,
}: Comparison): Promise<readonly Figure[]> {
  const works = [[base.name, base.work] as const, ...Object.entries(others)];
  const times = new Map<string, number[]>(works.map(([name]) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    const first = ((round % works.length) + works.length) % works.length;
    for (const [name, work] of [...works.slice(first), ...works.slice(0, first)]) {
      const spent = await timed(work);
      if (round >= 0) times.get(name)?.push(spent);
    }
  }
  const baseTimes = times.get(base.name) ?? [];
  const ratios = Object.keys(others).map((name): Figure => {
    const each = (times.get(name) ?? []).map((spent, round) => spent / (baseTimes[round] ?? Number.NaN));
    return { suite, what: name, against: base.name, unit: "times", ...measured(each) };
  });
  return [...ratios, { suite, what: `(${base.name})`, against: "", unit: "ms", ...measured(baseTimes) }];
}

async function timed(work: Work): Promise<number> {
  const began = performance.now();
  const result = await work();
  const spent = performance.now() - began;
  return typeof result === "number" ? result : spent;
}
