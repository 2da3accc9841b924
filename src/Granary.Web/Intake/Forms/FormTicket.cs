using System.Globalization;
using System.Security.Cryptography;
using Granary.Application.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Granary.Web.Intake.Forms;

/// <summary>
/// The signed ticket of a form that was shown: when, and which one. It is the time trap (a person needs two seconds), and it
/// names the submission, so that sending twice lands once. Every node reads it.
/// </summary>
public sealed class FormTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromHours(24);

    private readonly IDataProtector _seal = protection.CreateProtector("Granary.Form");

    /// <summary>A ticket for a form that is shown now.</summary>
    public string Issue(Guid form) =>
        _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{form:N}{Clock.NewId(time.GetUtcNow()):N}{time.GetUtcNow().ToUnixTimeMilliseconds()}"));

    /// <summary>What a ticket says.</summary>
    public FormTicket Read(Guid form, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return new FormTicket(TicketState.Forged, null);
        }

        try
        {
            var text = _seal.Unprotect(ticket);
            var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text[64..], CultureInfo.InvariantCulture));
            return Guid.ParseExact(text[..32], "N") != form ? new FormTicket(TicketState.Forged, null)
                : age > Longest ? new FormTicket(TicketState.Expired, null)
                : new FormTicket(age < Shortest ? TicketState.TooFast : TicketState.Good, Guid.ParseExact(text[32..64], "N"));
        }
        catch (CryptographicException)
        {
            return new FormTicket(TicketState.Forged, null);
        }
    }
}

/// <summary>What a ticket says.</summary>
/// <param name="State">Whether it can be trusted.</param>
/// <param name="Submission">The submission it names.</param>
public readonly record struct FormTicket(TicketState State, Guid? Submission);

/// <summary>Whether a ticket can be trusted.</summary>
public enum TicketState
{
    /// <summary>It can.</summary>
    Good,

    /// <summary>Nobody types so fast.</summary>
    TooFast,

    /// <summary>The page stood open for too long; it is shown anew.</summary>
    Expired,

    /// <summary>It is not one of ours.</summary>
    Forged,
}
