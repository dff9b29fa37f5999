// What a reader cannot see any more: text past the window's edge, and text that its own box cuts off.
() => {
    const root = document.documentElement, found = [];
    const hides = value => value === "hidden" || value === "clip";
    const add = (rule, element) => found.push({ rule, ...gokAudit.place(element) });
    const scrolls = element => {
        for (let node = element.parentElement; node && node !== document.body; node = node.parentElement)
            if (getComputedStyle(node).overflowX !== "visible") return true;
        return false;
    };
    const isTooWide = element => element.getBoundingClientRect().right > root.clientWidth + 1;
    if (root.scrollWidth > root.clientWidth + 1) {
        const wide = [...document.querySelectorAll("body *")].filter(element =>
            isTooWide(element) && element.checkVisibility() && !scrolls(element) && ![...element.children].some(isTooWide));
        for (const element of wide.length ? wide.slice(0, 5) : [document.body]) add("reflow", element);
    }
    for (const element of document.querySelectorAll("body *")) {
        if (!element.checkVisibility() || !element.textContent.trim() || element.closest("svg")) continue;
        const style = getComputedStyle(element);
        // Text for screen readers alone is placed out of sight on purpose.
        if (style.position === "absolute" || element.closest(".visually-hidden")) continue;
        if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 2 ||
            hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2) add("text-cut-off", element);
    }
    return found;
}
