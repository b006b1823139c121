import type { MarkdownIt, StateBlock } from "markdown-it";

/** Elements within elements: 200 lists are 400. Beyond, the parser would leave the text out, and the browser the nesting. */
const deepest = 420;

/** What lies deeper is kept as a paragraph, its markup to be read. */
export function keepDeepNesting(markdown: MarkdownIt): void {
  markdown.set({ maxNesting: deepest + 20 });
  const { block } = markdown;
  const tokenize = block.tokenize.bind(block);
  block.tokenize = (state: StateBlock, startLine: number, endLine: number): void => {
    if (state.level < deepest) {
      tokenize(state, startLine, endLine);
      return;
    }
    const content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
    state.line = endLine;
    if (content !== "") {
      state.push("paragraph_open", "p", 1);
      const inline = state.push("inline", "", 0);
      inline.content = content;
      inline.children = [];
      state.push("paragraph_close", "p", -1);
    }
  };
}
