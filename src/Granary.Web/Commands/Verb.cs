using System.CommandLine;

namespace Granary.Web.Commands;

/// <summary>A command of the product: how it is typed, and what it does. It runs alike in a process of its own and within a server.</summary>
/// <param name="Command">Its name, options and arguments.</param>
/// <param name="Run">Does it and returns the exit code.</param>
public sealed record Verb(Command Command, Func<ParseResult, Workplace, CancellationToken, Task<int>> Run);
