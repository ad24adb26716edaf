"""The content of a card: evidence → claims → sections. A pure function; renders nothing."""
