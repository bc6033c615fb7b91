"""The model that runs inside this process: which weights there are, how they come here, and a transport that asks them."""
