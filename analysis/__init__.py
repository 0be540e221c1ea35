"""Framewijs: who is in the news, who speaks, who acts on whom, who judges whom, in which frames."""
