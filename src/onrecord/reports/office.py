SUFFIXES = ()


def knows(start, source):
    return False


def read(source):
    return iter(())
