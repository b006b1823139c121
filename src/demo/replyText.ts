import type { PromptFacts } from "./promptFacts.ts";

/** The demo's sentences in one language; what comes from a prompt arrives as an argument. */
export interface ReplyText {
  readonly notice: string;
  readonly arrived: string;
  readonly counts: (facts: PromptFacts) => string;
  readonly conversation: (messages: number) => string;
  readonly unread: (parts: number) => string;
  readonly frequent: (words: string) => string;
  readonly code: string;
  readonly prose: string;
  readonly closing: string;
  /** Above what a tool returned. */
  readonly returned: string;
  readonly thinking: (facts: PromptFacts) => string;
  /** One part of an answer that was asked to be long. */
  readonly part: (number: number) => string;
}

const english: ReplyText = {
  notice:
    "**No model wrote this answer.** It comes from the demo endpoint of Qwen Endpoints, which counts what you send.",
  arrived: "What arrived:",
  counts: (facts) => `characters: ${facts.characters}, words: ${facts.words}, lines: ${facts.lines}`,
  conversation: (messages) => `messages in the conversation: ${messages}`,
  unread: (parts) => `parts that are not text and were not read: ${parts}`,
  frequent: (words) => `most frequent words: ${words}`,
  code: "The prompt looks like code. It begins with:",
  prose: "The prompt looks like prose, so there is nothing to quote.",
  closing: "Add an endpoint that has a model to get a real answer.",
  returned: "The tool returned:",
  thinking: (facts) =>
    `There is no model here, so this is not thinking but counting. Words in the prompt: ${facts.words}; lines: ${facts.lines}. ` +
    (facts.code === undefined
      ? "It reads like prose. The reply will list the counts."
      : "It reads like code. The reply will list the counts and quote how it begins."),
  part: (number) =>
    `\n\n## Part ${number}\n\nFiller, because a longer answer was asked for. No model wrote it.\n\n` +
    `1. This is part **${number}**.\n2. The part after it is ${number + 1}.\n\n` +
    `\`\`\`python\npart = ${number}\nprint(f"part {part}")\n\`\`\``,
};

const chinese: ReplyText = {
  notice: "**这段回答不是模型写的**：它来自 Qwen Endpoints 的演示端点，该端点只统计收到的内容。",
  arrived: "收到的内容：",
  counts: (facts) => `${facts.characters} 个字符，${facts.words} 个词，${facts.lines} 行`,
  conversation: (messages) => `对话中的消息数：${messages}`,
  unread: (parts) => `未读取的非文本部分：${parts}`,
  frequent: (words) => `最常见的词：${words}`,
  code: "提示词看起来像代码，开头是：",
  prose: "提示词看起来是普通文字，没有可引用的代码。",
  closing: "添加一个带有模型的端点，即可得到真正的回答。",
  returned: "工具返回：",
  thinking: (facts) =>
    `这里没有模型，所以这不是思考，只是计数。提示词共 ${facts.lines} 行，${facts.words} 个词。` +
    (facts.code === undefined
      ? "它看起来是普通文字，回答会列出统计结果。"
      : "它看起来像代码，回答会列出统计结果并引用开头。"),
  part: (number) =>
    `\n\n## 第 ${number} 部分\n\n这是应要求加长的填充内容，不是模型写的。\n\n` +
    `1. 这是第 **${number}** 部分。\n2. 下一部分是第 ${number + 1} 部分。\n\n` +
    `\`\`\`python\npart = ${number}\nprint(f"part {part}")\n\`\`\``,
};

export const replyTexts: Readonly<Record<PromptFacts["language"], ReplyText>> = { en: english, zh: chinese };
