// One element of each look: those that stand in the same parts with the same text and the same ground under it have
// the same contrast, so that axe, which needs a hundredth of a second for each, is asked about the first alone.
(within) => {
    const isClear = (colour) => /^transparent$|[,/] ?0\)$/.test(colour);

    const ground = (element) => {
        const found = [];
        for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.opacity !== "1") found.push(`opacity ${style.opacity}`);
            if (style.backgroundImage !== "none") found.push(style.backgroundImage);
            if (isClear(style.backgroundColor)) continue;
            found.push(style.backgroundColor);
            if (!/^rgba|\//.test(style.backgroundColor)) break;
        }
        return found.join(" on ");
    };

    const look = (element) => {
        const { color, fontSize, fontWeight, textShadow, position } = getComputedStyle(element);
        const parts = [element, element.parentElement, element.parentElement?.parentElement];
        return JSON.stringify([
            parts.map((part) => part && `${part.localName}.${part.className}`),
            [color, fontSize, fontWeight, textShadow, position, element.matches(":disabled, [aria-disabled=true]")],
            ground(element),
        ]);
    };

    const hasText = (element) =>
        element.matches("input, select, textarea") ||
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

    const firsts = new Map();
    for (const element of document.querySelectorAll(`${within} *`)) {
        if (!hasText(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
        const its = look(element);
        if (!firsts.has(its)) firsts.set(its, element);
    }
    return [...firsts.values()];
}
