"""How records look in a notebook and on a plain terminal: HTML from templates, tables of text.

What is shown is for the records to say, which hand over their own fields; nothing of the package but its
errors is known here. HTML is one piece that needs no network and no script, takes over the colours around it,
light or dark, and holds every text escaped.
"""
