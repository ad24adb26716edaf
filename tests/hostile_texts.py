"""Texts that would do something if a page took them for more than text."""

HOSTILE = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "\"><svg/onload='window.hit = 1'>",
    "</p></div><iframe src=//evil.example>",
    "&lt;b&gt;",
    "$\\frac{a}{b}$",
    ":material/home:",
    ":red-badge[red]",
    "[link](https://evil.example)",
    "**bold**",
    "{{constructor}}",
    "javascript:alert(1)",
)
