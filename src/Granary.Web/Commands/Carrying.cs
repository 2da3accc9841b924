using System.Data.Common;
using Granary.Application.Storage;
using Granary.Web.Hosting;

namespace Granary.Web.Commands;

/// <summary>Carries out a command, and says in words what a person can mend.</summary>
internal static class Carrying
{
    /// <summary>Runs the command of what was typed.</summary>
    public static async Task<int> Run(Typed typed, Workplace place, CancellationToken ct)
    {
        if (typed.Answer(place.Out, place.Error) is { } answered)
        {
            return answered;
        }

        try
        {
            return await typed.Verb!.Run(typed.Parse, place, ct);
        }
        catch (Exception e) when (Mendable(e))
        {
            await place.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Whether a fault lies outside the product, where a person can mend it.</summary>
    public static bool Mendable(Exception e) =>
        e is UnusableConfigurationException or MasterKeyException or DbException or HttpRequestException or IOException or UnauthorizedAccessException or TimeoutException
        || (e is InvalidOperationException && e.InnerException is DbException);
}
