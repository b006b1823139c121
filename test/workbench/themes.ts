import type { Frame } from "playwright-core";

import type { Workbench } from "./openWithEndpoints.ts";

const themes = {
  light: { setting: "Light Modern", window: "vs", page: "vscode-light", scheme: "light" },
  dark: { setting: "Dark Modern", window: "vs-dark", page: "vscode-dark", scheme: "dark" },
  contrast: {
    setting: "Default High Contrast",
    window: "hc-black",
    page: "vscode-high-contrast",
    scheme: "dark",
  },
} as const;
/** What a window can look like. */
export type Theme = keyof typeof themes;

/** Takes NAME-light.png and NAME-dark.png of what is seen, so that a test takes its steps once for both. `page` is the webview in sight. */
export async function pictures(workbench: Workbench, name: string, page?: Frame): Promise<void> {
  const isDark = await has(workbench, "dark");
  const order = isDark ? (["dark", "light"] as const) : (["light", "dark"] as const);
  for (const theme of order) {
    await changeTheme(workbench, theme, page);
    await workbench.picture(`${name}-${theme}`);
  }
}

/** Resolves when the window, and the webview in sight, have changed. */
export async function changeTheme(workbench: Workbench, theme: Theme, page?: Frame): Promise<void> {
  const { setting, scheme } = themes[theme];
  await workbench.page.emulateMedia({ colorScheme: scheme });
  // Again and again, because an edit soon after the window opened is lost to the editor.
  for (let tries = 0; tries < 20 && !(await has(workbench, theme)); tries++) {
    workbench.server.changeSettings({ "workbench.colorTheme": setting });
    await ofTheme(workbench, theme)
      .waitFor({ state: "attached", timeout: 1_000 })
      .catch(() => undefined);
  }
  await ofTheme(workbench, theme).waitFor({ state: "attached" });
  await page?.locator(`body.${themes[theme].page}`).waitFor();
}

function ofTheme({ page }: Workbench, theme: Theme): ReturnType<typeof page.locator> {
  return page.locator(`.monaco-workbench.${themes[theme].window}`);
}

async function has(workbench: Workbench, theme: Theme): Promise<boolean> {
  return (await ofTheme(workbench, theme).count()) > 0;
}
