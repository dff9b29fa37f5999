// In forced colours backgrounds and shadows vanish: only a border shows where a control ends.
() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea")]
    .filter(element => element.checkVisibility())
    .filter(element => {
        const style = getComputedStyle(element);
        return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) === 0;
    })
    .map(element => element.outerHTML.slice(0, 100))
