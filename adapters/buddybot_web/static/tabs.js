// The tabs of one browser that show the chat: whoever leaves quickly leaves in all of them.

const line = "BroadcastChannel" in window ? new BroadcastChannel("notes") : null;

export const tellTabs = (what) => line?.postMessage(what);

/** Do what another tab tells, by its name. */
export function hearTabs(doings) {
  line?.addEventListener("message", ({ data }) => doings[data]?.());
}
