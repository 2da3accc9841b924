namespace Granary.Browser.Tests;
