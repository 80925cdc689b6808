// Copies a text with one press. Without it, or where the browser refuses, the text is marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    } catch {
      text.focus();
    }
  });
}
