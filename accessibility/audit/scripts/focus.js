// Everything that the keyboard reaches: does the focus change anything to see, and is it not covered?
// Works once a key has been pressed: the browser then shows the focus that a script moves, too.
most => {
    const found = [];
    const sheet = new CSSStyleSheet(), own = [...document.adoptedStyleSheets];
    sheet.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; }");
    document.adoptedStyleSheets = [...own, sheet];
    const sight = ["boxShadow", "backgroundColor", "backgroundImage", "color",
        "textDecorationLine", "textDecorationThickness", "borderTopColor", "borderBottomColor", "borderTopWidth", "borderBottomWidth"];
    const looks = element => {
        // A styled check box shows its focus beside itself: on its label, its parent or its neighbour.
        const around = [element, element.parentElement, element.nextElementSibling, ...(element.labels || [])];
        return around.filter(Boolean).flatMap(node => [null, "::before", "::after"].map(part => {
            const style = getComputedStyle(node, part);
            // The width and the colour of an outline that is not drawn change, too, and show nobody anything.
            const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
            return sight.map(name => style[name]).join() + (isDrawn ? style.outline : "");
        })).join("|");
    };
    const isUncovered = element => [...element.getClientRects()].some(box =>
        [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([right, down]) => {
            const x = box.left + box.width * right, y = box.top + box.height * down;
            if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
            const top = document.elementFromPoint(x, y);
            return top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
        }));
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(element => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && element.checkVisibility());
    for (const element of stops.slice(0, most)) {
        document.activeElement?.blur();
        const before = looks(element);
        element.focus();
        if (document.activeElement !== element) continue;
        if (looks(element) === before) found.push({ rule: "focus-not-visible", ...gokAudit.place(element) });
        if (!isUncovered(element)) found.push({ rule: "focus-covered", ...gokAudit.place(element) });
    }
    document.activeElement?.blur();
    document.adoptedStyleSheets = own;
    scrollTo(0, 0);
    return found;
}
