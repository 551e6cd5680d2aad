"""Hand-coded articles: a Frictionless data package of CSV tables."""

from workbook.readers.coded.package import CodedPackage, find_package, package_names, read_package

__all__ = ["CodedPackage", "find_package", "package_names", "read_package"]
