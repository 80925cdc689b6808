// A self-check adds itself up on the page. Nothing leaves it: there is no form, and nothing is stored.
function sums(section) {
  const groups = [...section.querySelectorAll("fieldset")];
  const chosen = groups.map((group) => group.querySelector("input:checked")).filter(Boolean);
  return { left: groups.length - chosen.length, sum: chosen.reduce((all, input) => all + Number(input.value), 0) };
}

function tell(section) {
  const { left, sum } = sums(section);
  const told = left ? `${section.dataset.left} ${left}` : `${section.dataset.sum} ${sum}`;
  section.querySelector("[data-total]").textContent = told;
  for (const band of section.querySelectorAll("[data-low]")) {
    const here = !left && Number(band.dataset.low) <= sum && sum <= Number(band.dataset.high);
    band.toggleAttribute("data-here", here);
    if (here) band.setAttribute("aria-current", "true");
    else band.removeAttribute("aria-current");
  }
}

for (const section of document.querySelectorAll("[data-self-check]")) {
  section.querySelector("[data-by-hand]").hidden = true;
  section.addEventListener("change", () => tell(section));
}
