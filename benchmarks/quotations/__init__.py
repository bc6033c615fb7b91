"""Quotations and what can happen to them: typeset anew, which a reader must not mind, or falsified, which he must see.

Apart from the script that counts, because the property tests of `locate` take the same texts and operators. Nothing here
knows how `locate` decides: what is genuine and what is false is settled by how a quotation was made, and by a plain search.
"""
