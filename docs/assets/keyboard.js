// What scrolls sideways can be reached by key (WCAG 2.2, 2.1.1); the theme wraps tables when it has started.
const reach = () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) wrap.tabIndex = wrap.scrollWidth > wrap.clientWidth ? 0 : -1;
};
new MutationObserver(reach).observe(document.documentElement, { childList: true, subtree: true });
addEventListener("resize", reach);
