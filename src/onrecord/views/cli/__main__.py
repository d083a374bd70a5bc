"""`python -m onrecord.views.cli` is `onrecord`."""

from onrecord.views.cli import main

main()
