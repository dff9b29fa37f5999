() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    const boxes = [...element.getClientRects()];
    const isUncovered = boxes.some(rect => points.some(([right, down]) => {
        const x = rect.left + rect.width * right, y = rect.top + rect.height * down;
        if (!inside(x, y)) return false;
        const top = document.elementFromPoint(x, y);
        return top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    }));
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const all = [...document.querySelectorAll("*")];
    return {
        index: all.indexOf(element),
        name: `${element.tagName.toLowerCase()} ${(element.textContent || element.name || "").trim().slice(0, 40)}`,
        href: element.getAttribute("href"),
        isUncovered,
        hasOutline: hasOutline || style.boxShadow !== "none",
        width: box.width,
        height: box.height,
    };
}
