/**
 * Runs inside Chromium, bundled by answer.ts: draws one answer in one of several ways, some pieces a frame, and keeps to
 * its end as a reader who follows it does. How long the page was busy with it, answer.ts asks the browser.
 */
import createMarkdownIt from "markdown-it";
import { createAnswerView } from "../../src/webview/markdown/answerView.ts";

const ways = {
  "empty frames": () => ({ append: () => undefined, end: () => undefined }),
  "answer view": (container) => createAnswerView(container),
  "lines in a <pre>": (container) => {
    const pre = container.appendChild(document.createElement("pre"));
    return byLine((line) => pre.appendChild(document.createTextNode(line)));
  },
  "a <pre> a line": (container) =>
    byLine((line) => {
      container.appendChild(document.createElement("pre")).textContent = line;
    }),
  "markdown-it anew with every piece": (container) => {
    const markdown = createMarkdownIt({ html: false, linkify: true, breaks: true });
    let text = "";
    const append = (piece) => {
      text += piece;
      container.innerHTML = markdown.render(text);
    };
    return { append, end: () => undefined };
  },
};

function byLine(put) {
  let rest = "";
  const append = (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    for (const line of lines) put(`${line}\n`);
  };
  return { append, end: () => put(rest) };
}

/** Returns how many characters other than white space are then on the page. */
globalThis.drawAnswer = async ({ way, text, pieceLength, piecesInFrame }) => {
  const container = document.createElement("div");
  container.className = "answer";
  const root = document.getElementById("root");
  root.replaceChildren(container);
  // As followEnd.ts marks what it moves along.
  root.setAttribute("data-followed", "");
  const view = ways[way](container);
  for (let at = 0, pieces = 1; at < text.length; at += pieceLength, pieces++) {
    view.append(text.slice(at, at + pieceLength));
    if (pieces % piecesInFrame === 0) await nextFrame();
  }
  await view.end();
  await nextFrame();
  return container.textContent.replace(/\s/g, "").length;
};

/** Resolves after the frame was drawn, not before as `requestAnimationFrame` alone would. */
function nextFrame() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}
