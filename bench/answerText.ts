/** A Markdown text of about this many characters with what models write: prose, lists, code, a table, headings. */
export function answerText(length: number): string {
  let text = "";
  for (let section = 1; text.length < length; section++) text += sectionOf(section);
  return text.slice(0, length);
}

function sectionOf(number: number): string {
  const items = Array.from(
    { length: 6 },
    (_, index) => `${index + 1}. **Step ${index}** uses \`value_${index}\` once.`,
  );
  const rows = Array.from(
    { length: 4 },
    (_, index) => `| row ${number}.${index} | ${index * number} | yes |`,
  );
  return [
    `## ${number}. What happens in part ${number}`,
    prose(number, 60),
    items.join("\n"),
    `\`\`\`python\n${code(number)}\n\`\`\``,
    prose(number + 1, 90),
    `| name | count | used |\n| :-- | --: | :-: |\n${rows.join("\n")}`,
    "> It matters that the order stays *the same*; see [the notes](https://example.com/notes).\n\n",
  ].join("\n\n");
}

function prose(seed: number, words: number): string {
  const vocabulary = [
    "the",
    "model",
    "reads",
    "every",
    "token",
    "and",
    "`keeps`",
    "what",
    "**matters**",
    "to",
    "you",
  ];
  const text = Array.from(
    { length: words },
    (_, index) => vocabulary[(index * 7 + seed) % vocabulary.length] ?? "",
  );
  return `${text.join(" ")}.`;
}

function code(seed: number): string {
  const lines = Array.from(
    { length: 12 },
    (_, index) => `    total_${index} = sum(x * ${index + seed} for x in values)  # part ${index}`,
  );
  return [`def part_${seed}(values: list[float]) -> float:`, ...lines, "    return total_0"].join("\n");
}
