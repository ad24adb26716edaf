"""What somebody did is said where it was done, while the page is about the same."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard.wording_markup import plain


def done(about: str) -> None:
    import streamlit as st

    from dashboard.panels.done import draw_done, say_done

    if st.button("do"):
        say_done("this", "one", "It was *done*.")
    draw_done("this", st.session_state.get("about", about))


def test_what_was_done_stays_in_sight_until_the_page_is_about_something_else() -> None:
    app = AppTest.from_function(done, args=("one",)).run()
    assert not app.markdown
    app.button[0].click().run()
    (said,) = app.markdown
    assert said.value == f":material/check: {plain('It was *done*.')}"
    assert [one.value for one in app.run().markdown] == [said.value]
    app.session_state["about"] = "two"
    assert not app.run().markdown
