"""`python -m onrecord` is `onrecord`."""

from onrecord.views.cli import main

main()
