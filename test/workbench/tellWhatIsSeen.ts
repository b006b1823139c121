import type { Workbench } from "../../dev/workbench/openWorkbench.ts";

const lines = 40;

/**
 * Prints, for a test that failed, what the window showed and what the editor complained of: a picture does not come out
 * of a CI run. To be called once for every window that is opened, while the suite's files are loaded or running.
 */
export function tellWhatIsSeen(workbench: Workbench): void {
  const complaints: string[] = [];
  workbench.page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  windows.set(workbench, complaints);
  workbench.page.on("close", () => windows.delete(workbench));
}

const windows = new Map<Workbench, string[]>();

afterEach(async function () {
  if (this.currentTest?.state !== "failed") return;
  for (const [{ page, server }, complaints] of windows) {
    const seen = await page.locator("body").ariaSnapshot({ timeout: 5000 }).catch(String);
    console.log(
      [
        `what the window showed when “${this.currentTest.title}” failed:`,
        ...seen
          .split("\n")
          .filter((line) => line.trim() !== "")
          .slice(0, 150),
        "what the editor complained of last:",
        ...complaints.slice(-lines),
        "what its server said last:",
        ...server.log().split("\n").slice(-lines),
      ].join("\n"),
    );
  }
});
