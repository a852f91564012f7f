"""The words of each language, one `.rules` file each; `reading` makes patterns of them."""
