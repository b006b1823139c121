import { useEffect, useState } from "preact/hooks";

/** From this width on there is room for the list beside the run. The page is as wide as its panel. */
const query = "(min-width: 640px)";

export function useWide(): boolean {
  const [isWide, setWide] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const changed = (): void => setWide(list.matches);
    changed();
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, []);
  return isWide;
}
