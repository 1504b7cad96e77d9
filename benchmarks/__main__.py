"""
``python benchmarks`` is ``python benchmarks/speed.py``.
"""

from speed import main

raise SystemExit(main())
