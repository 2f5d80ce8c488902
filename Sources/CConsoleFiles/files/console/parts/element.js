/// An element with attributes and children; text is always text, never markup.
///
/// Attributes that are null or false are left out. `on` is a map of event listeners.
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/// The same for a shape of SVG.
export function shape(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/// Replaces all children of an element.
export function replace(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/// Sets the text of an element if it is another, so that what is read aloud is not repeated.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "value") {
      node.value = value;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...nodes(children));
  return node;
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => {
    return child !== null && child !== undefined && child !== false;
  });
}
