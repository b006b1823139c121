import type { JSX } from "preact";

/** Drawn on 16 × 16. Each state has a shape of its own, so that none depends on its colour. */
export type IconName =
  | "passed"
  | "failed"
  | "warning"
  | "note"
  | "skipped"
  | "not-reached"
  | "running"
  | "stop"
  | "again"
  | "copy"
  | "done"
  | "down"
  | "export"
  | "into"
  | "mark";

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}

const shapes: Readonly<Record<IconName, JSX.Element>> = {
  passed: (
    <>
      <circle class="solid" cx="8" cy="8" r="7" />
      <path class="cut" d="M4.8 8.2l2.2 2.2 4.2-4.6" />
    </>
  ),
  failed: (
    <>
      <path class="solid" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" />
      <path class="cut" d="M5.5 5.5l5 5m0-5l-5 5" />
    </>
  ),
  warning: (
    <>
      <path
        class="solid"
        d="M7.1 1.8L.9 13a1 1 0 0 0 .9 1.5h12.4a1 1 0 0 0 .9-1.5L8.9 1.8a1 1 0 0 0-1.8 0z"
      />
      <path class="cut" d="M8 5.6v4m0 2.2v.4" />
    </>
  ),
  note: (
    <>
      <circle class="line" cx="8" cy="8" r="6.25" />
      <path class="line" d="M8 7.2v4M8 4.6v.4" />
    </>
  ),
  skipped: (
    <>
      <circle class="line" cx="8" cy="8" r="5.25" />
      <path class="line" d="M4.6 11.4l6.8-6.8" />
    </>
  ),
  "not-reached": <circle class="line" cx="8" cy="8" r="3.25" />,
  running: (
    <>
      <circle class="line track" cx="8" cy="8" r="6.25" />
      <path class="line" d="M8 1.75A6.25 6.25 0 0 1 14.25 8" />
    </>
  ),
  stop: <rect class="solid" x="3.5" y="3.5" width="9" height="9" rx="1.5" />,
  again: <path class="line" d="M13 8.2A5 5 0 1 1 11.4 4.4L13.2 6M13.4 2.6V6.1H9.9" />,
  copy: (
    <>
      <rect class="line" x="5.5" y="5.5" width="8" height="8.5" rx="1.5" />
      <path
        class="line"
        d="M10.5 3.2V3A1.5 1.5 0 0 0 9 1.5H4A1.5 1.5 0 0 0 2.5 3v6A1.5 1.5 0 0 0 4 10.5h.2"
      />
    </>
  ),
  done: <path class="line" d="M3 8.6l3.2 3.2L13 4.6" />,
  down: <path class="line" d="M8 2.5v10.5M3.8 9L8 13.2 12.2 9" />,
  export: (
    <path
      class="line"
      d="M8 10.5V2M4.6 5.2L8 1.9l3.4 3.3M2.5 9.5v3A1.5 1.5 0 0 0 4 14h8a1.5 1.5 0 0 0 1.5-1.5v-3"
    />
  ),
  into: (
    <path
      class="line"
      d="M7.5 8h6M10.9 5.2L13.7 8l-2.8 2.8M6 13.5H4A1.5 1.5 0 0 1 2.5 12V4A1.5 1.5 0 0 1 4 2.5h2"
    />
  ),
  mark: (
    <>
      <path class="line" d="M2.7 5.4a5.9 5.9 0 0 1 10.6 0M2.7 10.6a5.9 5.9 0 0 0 10.6 0" />
      <path class="line" d="M.8 8h3.7l1.7-3.3 3.6 6.6L11.5 8h3.7" />
    </>
  ),
};
