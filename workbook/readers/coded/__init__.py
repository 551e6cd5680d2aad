"""Hand-coded articles: a Frictionless data package of CSV tables."""

from workbook.readers.coded.package import CodedPackage, read_package
from workbook.readers.packages import find_package, package_names

__all__ = ["CodedPackage", "find_package", "package_names", "read_package"]
