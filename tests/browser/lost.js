() => {
    const lost = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) {
        lost.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
        for (const element of document.querySelectorAll("body *")) {
            const box = element.getBoundingClientRect();
            if (box.right > root.clientWidth + 1 && element.checkVisibility()) {
                lost.push(`  too wide: ${element.outerHTML.slice(0, 100)}`);
                if (lost.length > 4) break;
            }
        }
    }
    for (const element of document.querySelectorAll("body *")) {
        const style = getComputedStyle(element);
        if (!element.checkVisibility() || !element.textContent.trim() || style.position === "absolute") continue;
        if (element.closest("svg, .visually-hidden")) continue;
        const hides = value => value === "hidden" || value === "clip";
        if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 2 ||
            hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
            lost.push(`cut off: ${element.outerHTML.slice(0, 100)}`);
    }
    return lost;
}
