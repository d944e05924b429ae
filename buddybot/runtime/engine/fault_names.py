"""Names errors without their values: what a log may hold of a bug."""


def describe(error: BaseException) -> str:
    """Name an error and where it came from, but none of its values: they could hold a text or an account."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(frames[-6:])}"
