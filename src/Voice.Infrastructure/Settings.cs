using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Voice.Application;

namespace Voice.Infrastructure;

/// <summary>Reads a section of the settings, strictly: a value that would be ignored or misread stops the start instead.</summary>
public static class Settings
{
    /// <exception cref="SettingException">A name is unknown or a value is wrong.</exception>
    public static T Read<T>(this IConfiguration configuration, string section) where T : class, new()
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            var property = properties.FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingException(
                    $"{child.Path} is not a setting; {section} has {string.Join(", ", properties.Select(property => property.Name))}.");
            // Without an index it is a list of one; the binder would pass it over.
            if (child.Value is { Length: > 0 } single && property.PropertyType != typeof(string)
                && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
                configuration[$"{child.Path}:{child.GetChildren().Count()}"] = single;
            // A bare number would be taken for days.
            if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(TimeSpan)
                && !(child.Value!.Contains(':') && TimeSpan.TryParse(child.Value, CultureInfo.InvariantCulture, out _)))
                throw new SettingException($"{child.Path} must be a time such as 00:02:00 (hours, minutes, seconds).");
        }
        try
        {
            var settings = configuration.GetSection(section).Get<T>() ?? new T();
            Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
            return settings;
        }
        catch (InvalidOperationException exception)
        {
            // The binder's own message names the setting; the value is no secret, because secrets are text and text always binds.
            throw new SettingException(exception.Message, exception);
        }
        catch (ValidationException exception)
        {
            throw new SettingException(
                $"{section}:{exception.ValidationResult.MemberNames.Single()} {exception.ValidationResult.ErrorMessage}", exception);
        }
    }
}

/// <summary>A duration that is longer than nothing and shorter than a timer can bear.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is TimeSpan span && span > TimeSpan.Zero && span <= TimeSpan.FromDays(1)
            ? ValidationResult.Success
            : new ValidationResult(
                "must be a duration of more than nothing and at most a day, such as 00:02:00.", [validationContext.MemberName!]);
}
