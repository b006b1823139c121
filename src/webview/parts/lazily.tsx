import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A component whose code is a chunk of its own, loaded when it is first drawn; until then, and where it can not be loaded, nothing is. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element | null {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props) {
    const [Component, setComponent] = useState<ComponentType<Props> | undefined>(() => loaded);
    useEffect(() => {
      if (Component !== undefined) {
        return;
      }
      load().then(
        (component) => {
          loaded = component;
          setComponent(() => component);
        },
        () => undefined,
      );
    }, []);
    return Component === undefined ? null : <Component {...props} />;
  };
}
