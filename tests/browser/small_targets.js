// WCAG 2.2 SC 2.5.8: links within a sentence may be smaller.
() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(element => element.checkVisibility())
    .filter(element => !element.closest("p, dd, td, figcaption, .prose"))
    .filter(element => element.type !== "radio" && element.type !== "checkbox")
    .filter(element => {
        const { width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && (width < 24 || height < 24);
    })
    .map(element => {
        const { width, height } = element.getBoundingClientRect();
        return `${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 100)}`;
    })
