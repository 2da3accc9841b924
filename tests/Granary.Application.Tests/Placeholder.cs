namespace Granary.Application.Tests;
