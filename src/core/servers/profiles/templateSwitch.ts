/** The thinking switch of servers that pass it to the chat template; a top-level `enable_thinking` is ignored there (servers.md 0.10). */
export const templateSwitch = {
  off: { chat_template_kwargs: { enable_thinking: false } },
  on: { chat_template_kwargs: { enable_thinking: true } },
} as const;
