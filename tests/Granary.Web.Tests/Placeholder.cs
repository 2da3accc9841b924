namespace Granary.Web.Tests;
