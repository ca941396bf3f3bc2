"""The two ways in which a case can end early."""


class Invalid(ValueError):
    """Something is no valid record, text or document."""


class DrawError(Exception):
    """An error the document names: a code and the numbers that belong to it."""

    def __init__(self, code, **fields):
        super().__init__(code)
        self.code = code
        self.fields = fields

    def record(self):
        return {"code": self.code, **self.fields}
